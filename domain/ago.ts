/** How long ago a hand may have done what it tells (`ago`). Apart from the schemas, so that screens need not bring those along. */
export const AGO_MAX_MS = 3_600_000;
