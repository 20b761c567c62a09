/** What the receiver of callbacks knows of an app: the path of its URL leads to it. */
export type AppKey = {
  /** The receiver that messages must name. */
  readonly corpId: string;
  readonly token: string;
  /** EncodingAESKey, 43 characters. */
  readonly aesKey: string;
  /** Id of the corp's row. */
  readonly corpRow: string;
  /** Of a rehearsal's stand-in: from elsewhere it is as if there were no such app. */
  readonly thisMachineOnly?: true;
};

export type AppKeys = {
  /** null: no such app. Asked at each delivery, so whoever answers keeps what it read. */
  find(appKey: string): Promise<AppKey | null>;
};
