import { setFlagsFromString } from "node:v8";

/**
 * Imported for what it does: V8 no longer decides by itself which kinds of objects go into the old space at once. Under a crowd nearly all that a
 * request makes lives for the few milliseconds in which the database stores it; V8 took what outlived one small collection for what stays, put it where
 * only a full collection finds it again, and claims then cost a third more of the processor (docs/measured.md).
 */
setFlagsFromString("--no-allocation-site-pretenuring");
