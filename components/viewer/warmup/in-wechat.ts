/** WeChat's own browser; WeCom's says the same of itself and is another. */
export const isInWechat = () => /MicroMessenger/i.test(navigator.userAgent) && !/wxwork/i.test(navigator.userAgent);
