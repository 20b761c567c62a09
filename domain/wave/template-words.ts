/**
 * What staff read of the templates, for those who read English: beats, their goals, titles of cells, for whom. The copy stays as it is: it goes to
 * customers.
 */
const ENGLISH: Readonly<Record<string, string>> = {
  预告: "Notice",
  "知道有这场、点预约": "know of it, reserve",
  公众号预告推文: "Notice by the official account",
  客户朋友圈预告: "Notice in customer moments",
  群预告: "Notice to groups",
  门店台卡与店员话术: "Store cards and a sentence for staff",
  内容与利益点: "Benefits",
  知道来了能得到什么: "know what there is to get",
  预热短视频: "Short video",
  群福利预告: "Benefits told to groups",
  未登记的群: "groups not signed up",
  "1v1 老客告知": "1v1 to regular customers",
  "近 90 天买过": "bought in 90 days",
  最后提醒: "Last call",
  已登记的人准时来: "who signed up comes in time",
  "开播前 1 小时": "An hour before",
  短信提醒: "SMS",
  登记时同意短信的人: "who agreed to SMS",
  "开播前 10 分钟员工转发": "Staff forward, 10 minutes before",
  开播: "Live",
  第一时间进直播间: "come in at once",
  开播通知员工: "Staff told: live now",
  开播员工转发: "Staff forward: live now",
  开播朋友圈: "Moments: live now",
  背景: "Background",
  为什么有这场: "why there is this show",
  说背景: "Tell the background",
  内容与收获: "Content",
  来了得到什么: "what one gets from it",
  说内容: "Tell the content",
  时间流程: "Schedule",
  "什么时候、怎么参加": "when, and how to take part",
  说时间: "Tell the schedule",
  开始通知: "Opening",
  "登记开放,气氛热起来": "sign-ups open, it warms up",
  开放登记: "Sign-ups are open",
  "1v1 通知老客": "1v1 to regulars: open",
  老客: "regular customers",
  反响: "Echo",
  看见别人都来了: "see that others come",
  报反响: "Tell who has come",
  名额催促: "Scarcity",
  现在就登记: "sign up now",
  催名额: "Tell what is left",
  答疑补充: "Answers",
  最后的疑虑: "the last doubts",
  答疑: "Answer the questions",
  群提醒: "Group reminders",
  "T-24 小时、T-1 小时、T-10 分钟、已开播": "T−24 h, T−1 h, T−10 min, live",
  "T-24 小时群提醒": "Groups, T−24 h",
  "T-1 小时群提醒": "Groups, T−1 h",
  "T-10 分钟员工转发": "Staff forward, T−10 min",
  "T-10 分钟通知员工": "Staff told, T−10 min",
  已开播员工转发: "Staff forward, live",
  已开播通知员工: "Staff told, live",
};

export const TEMPLATE_LANGUAGES = ["zh", "en"] as const;
export type TemplateLanguage = (typeof TEMPLATE_LANGUAGES)[number];

const CHINESE: ReadonlyMap<string, string> = new Map(Object.entries(ENGLISH).map(([zh, en]) => [en, zh]));

/** Words of the templates in a language, whichever they are in; what the team wrote stays as it is. */
export const templateWords = (text: string, language: TemplateLanguage): string =>
  (language === "en" ? ENGLISH[text] : CHINESE.get(text)) ?? text;

type BeatWords = { readonly title: string; readonly goal: string };
type CellWords = { readonly title: string; readonly segment: string };

export const beatIn = <T extends BeatWords>(beat: T, language: TemplateLanguage): T => ({
  ...beat,
  title: templateWords(beat.title, language),
  goal: templateWords(beat.goal, language),
});

export const cellIn = <T extends CellWords>(cell: T, language: TemplateLanguage): T => ({
  ...cell,
  title: templateWords(cell.title, language),
  segment: templateWords(cell.segment, language),
});
