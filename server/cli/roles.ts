import { writeFileSync } from "node:fs";
import { renderRoles, ROLES_FILE } from "../http/role-table.ts";

/** Writes docs/roles.md anew after a change of who may do what: node server/cli/roles.ts */
writeFileSync(ROLES_FILE, renderRoles());
