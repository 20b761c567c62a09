/** What stands for an app of WeChat's in a rehearsal. */
export const demoApp = (sessionId: string): string => `demo:${sessionId}`;

/** What stands for the openid of somebody there; orders may be reported of them by it. */
export const demoKey = (sessionId: string, who: string): string => `${demoApp(sessionId)}:${who}`;
