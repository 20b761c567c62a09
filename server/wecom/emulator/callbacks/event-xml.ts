import type { App } from "../state/corp-rows.ts";
import type { Chance } from "../state/chance.ts";
import type { Switches } from "../state/switches.ts";

export type XmlValue = string | number | { readonly items: readonly string[] };
export type XmlField = readonly [name: string, value: XmlValue];

export type CorpEvent = {
  readonly event: "change_external_contact" | "change_external_chat" | "change_external_tag";
  readonly changeType: string;
  /** The member it is about: an app is told only of whom it sees. null: everybody is. */
  readonly userid: string | null;
  readonly fields: (app: App) => readonly XmlField[];
};

type Envelope = { readonly corpId: string; readonly app: App; readonly atSeconds: number };
type Style = { readonly switches: Switches["callbacks"]; readonly chance: Chance };

/** The event inside, in the form of a self-built app or of a suite. */
export function eventXml(event: CorpEvent, { corpId, app, atSeconds }: Envelope, style: Style): string {
  const { event: name, changeType } = event;
  const suiteForm = style.switches.form === "suite";
  const head: XmlField[] = suiteForm
    ? [
        ["SuiteId", app.suiteId],
        ["AuthCorpId", corpId],
        ["InfoType", name],
        ["TimeStamp", atSeconds],
      ]
    : [
        ["ToUserName", corpId],
        ["FromUserName", "sys"],
        ["CreateTime", atSeconds],
        ["MsgType", "event"],
        ["Event", name],
      ];
  return xml([...head, ["ChangeType", changeType], ...event.fields(app)], style);
}

export function envelopeXml(sealed: string, { corpId, app }: Omit<Envelope, "atSeconds">, style: Style): string {
  const { switches } = style;
  const to = switches.form === "suite" ? app.suiteId : corpId;
  const agent: XmlField[] = [
    ["AgentID", switches.emptyAgentId || switches.form === "suite" ? "" : String(app.agentId)],
  ];
  return xml([["ToUserName", to], ...agent, ["Encrypt", sealed]], style);
}

function xml(fields: readonly XmlField[], { switches, chance }: Style): string {
  const ordered = switches.childOrder === "shuffled" ? chance.shuffled(fields) : fields;
  const text = (value: string) =>
    switches.cdata ? `<![CDATA[${value.replaceAll("]]>", "]]]]><![CDATA[>")}]]>` : escaped(value);
  const written = ordered.map(([name, value]) => {
    if (typeof value === "number") return `<${name}>${value}</${name}>`;
    if (typeof value === "string") return `<${name}>${text(value)}</${name}>`;
    return `<${name}>${value.items.map((item) => `<Item>${text(item)}</Item>`).join("")}</${name}>`;
  });
  return `<xml>${written.join("")}</xml>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
