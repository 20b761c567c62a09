/** Yuan as people type them to integer fen and back, without a float in between. */

const YUAN = /^(-?)(\d{1,9})(?:\.(\d{0,2}))?$/;

/** 万: 10,000 yuan, with as many digits behind the point as are whole fen. */
const WAN = /^(\d{1,5})(?:\.(\d{1,6}))?万$/;

/** `undefined` when it can't be read; `null` when empty. Takes ¥, 元, 万, separators and full-width digits. */
export function fenFromText(text: string): number | null | undefined {
  const plain = text.normalize("NFKC").replace(/[,\s¥￥元]/g, "");
  if (plain === "") return null;
  const inTenThousands = WAN.exec(plain);
  if (inTenThousands) return Number(inTenThousands[1]) * 1_000_000 + Number((inTenThousands[2] ?? "").padEnd(6, "0"));
  const found = YUAN.exec(plain);
  if (!found) return undefined;
  const [, sign, yuan = "0", cents = ""] = found;
  const fen = Number(yuan) * 100 + Number(cents.padEnd(2, "0"));
  return sign && fen > 0 ? -fen : fen;
}

/** 39900 → "399", 5990 → "59.90": what stands in the field, without ¥. */
export function textFromFen(fen: number | null): string {
  if (fen === null) return "";
  const whole = Math.trunc(Math.abs(fen) / 100);
  const cents = Math.abs(fen) % 100;
  const sign = fen < 0 ? "-" : "";
  return `${sign}${whole.toLocaleString("en-US")}${cents === 0 ? "" : `.${String(cents).padStart(2, "0")}`}`;
}
