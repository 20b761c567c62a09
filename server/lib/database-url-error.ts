/** No way there (sockets, postgres.js), or not let in (PostgreSQL: who, password, database, rights). */
const addressFaults = /^(E[A-Z_]+|CONNECT_TIMEOUT|CONNECTION_[A-Z]+|28000|28P01|3D000|42501)$/;

/** A DATABASE_URL that leads nowhere, or where we may not work: somebody has to set it right, and is told what is wrong with it. */
export class DatabaseUrlError extends Error {
  override readonly name = "DatabaseUrlError";

  /** What came of working at `url`; undefined: that was not the fault of the address. */
  static of(url: string, error: unknown): DatabaseUrlError | undefined {
    for (let at = error; at instanceof Error; at = at.cause) {
      if (!("code" in at) || typeof at.code !== "string" || !addressFaults.test(at.code)) continue;
      const place = url.replace(/\/\/[^/@]*@/, "//…@");
      // Several addresses of one name fail with one error that says nothing but its code.
      return new DatabaseUrlError(
        `DATABASE_URL ${JSON.stringify(place)} 用不了 · cannot be used: ${at.message || at.code}. ` +
          'Example: DATABASE_URL="postgres://kaibo:password@db.internal:5432/kaibo"',
        { cause: error },
      );
    }
    return undefined;
  }
}
