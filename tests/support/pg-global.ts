import { startTestServer } from "./pg.ts";

export default startTestServer;
