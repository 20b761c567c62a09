import { corpEngine, isCorpStream } from "./corp/index.ts";
import type { Engine } from "./engine.ts";
import { engine } from "./ops/index.ts";

/** Which rules a stream goes by: a show's, or those of what spans the shows of a corp. */
export const engineOf = (streamId: string): Engine => (isCorpStream(streamId) ? corpEngine : engine);
