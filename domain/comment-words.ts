/** Finds words in a comment where it comes in; the text itself never reaches the log. */

/** The words that the text contains, whatever the width, case and spacing of its letters. */
export function wordsIn(comment: string, words: readonly string[]): string[] {
  const found = folded(comment);
  return words.filter((word) => {
    const wanted = folded(word);
    return wanted !== "" && found.includes(wanted);
  });
}

const ASKING = /[?？]|[吗么呢嘛]|多少|怎么|什么|哪|几号|几点|几个|有没有|能不能|可不可以|可以.*不|是不是/u;

/** Whether a comment reads like a question. A guess by its words, only used to bring it up. */
export function looksLikeQuestion(comment: string): boolean {
  return ASKING.test(comment);
}

function folded(words: string): string {
  return words.normalize("NFKC").toLowerCase().replace(/\s+/gu, "");
}
