/** Why a file can't be read as tables. The codes are stable; the words for them live with the UI strings. */
export type ImportRefusal = {
  readonly code:
    | "import.empty"
    | "import.notATable"
    | "import.oldExcel"
    | "import.encrypted"
    | "import.unreadable"
    | "import.tooLarge"
    | "import.tookTooLong";
  /** What the file seems to be (`html`, `pdf`, `ods`, `xlsb` …), or which bound it breaks (`bytes`, `unpacked`, `rows`, `columns`, `cells`). */
  readonly detail?: string;
};

/** Thrown inside decoding only; `decodeBytes` turns it into a value. */
export class RefusedFile extends Error {
  readonly refusal: ImportRefusal;

  constructor(refusal: ImportRefusal, options?: ErrorOptions) {
    super(refusal.detail === undefined ? refusal.code : `${refusal.code}: ${refusal.detail}`, options);
    this.name = "RefusedFile";
    this.refusal = refusal;
  }
}

export const refuse = (code: ImportRefusal["code"], detail?: string, cause?: unknown): RefusedFile =>
  new RefusedFile(detail === undefined ? { code } : { code, detail }, { cause });
