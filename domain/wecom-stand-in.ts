/**
 * The company of rehearsals (示例企业): it lives in a stand-in of WeCom that Kaibo runs itself, stands in no table of true companies, and is the same in
 * every house. A rule keeps true shows from it, and rehearsals from all others (PSH8).
 */
export const STAND_IN_CORP = "stand-in";
/** The robot in its one internal group. */
export const STAND_IN_ROBOT = "stand-in-robot";
export const STAND_IN_NAMES = { corp: "示例企业", internalGroup: "示例直播作战群", robot: "开播助手" } as const;
