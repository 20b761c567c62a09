/** WeChat's own browser; WeCom's says the same of itself and is another. */
export const isInWechat = () => /MicroMessenger/i.test(navigator.userAgent) && !/wxwork/i.test(navigator.userAgent);

/** A page of ours inside a mini program, where other rules hold than on the open web. */
export const isInMiniProgram = () => /miniProgram/i.test(navigator.userAgent);
