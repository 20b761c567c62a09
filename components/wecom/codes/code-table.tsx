"use client";
import { useTranslations } from "next-intl";
import { count, yuanRound } from "../../format/money.ts";
import { useList } from "../../ui/use-list.ts";
import { Checkbox } from "../../ui/switch.tsx";
import { Head, Td, Th, Tr, WideTable } from "../../ui/table.tsx";
import { Tag } from "../../ui/tag.tsx";
import type { Code } from "./code-data.ts";
import { CodeStatus } from "./code-status.tsx";

type Props = {
  codes: readonly Code[];
  picked: readonly string[];
  onPick: (picked: readonly string[]) => void;
  onOpen: (id: string) => void;
};

/** What each code leads to and what it brought. */
export function CodeTable({ codes, picked, onPick, onOpen }: Props) {
  const words = useTranslations("wecomDesk.codes");
  const list = useList();
  return (
    <WideTable label={words("listLabel")}>
      <Head>
        <Th className="w-8 px-1" aria-label={words("toPrint")} />
        <Th>{words("name")}</Th>
        <Th className="w-24">{words("kindLabel")}</Th>
        <Th>{words("targets")}</Th>
        <Th className="w-32">{words("status")}</Th>
        <Th numeric className="w-20">
          {words("joins")}
        </Th>
        <Th numeric className="w-20">
          {words("leaves")}
        </Th>
        <Th numeric className="w-20">
          {words("orders")}
        </Th>
        <Th numeric className="w-28">
          {words("net")}
        </Th>
      </Head>
      <tbody>
        {codes.map((code) => (
          <Tr key={code.id}>
            <Td className="px-1">
              {code.status === "live" ? (
                <Checkbox
                  labelHidden
                  label={words("pick", { name: code.name })}
                  checked={picked.includes(code.id)}
                  onChange={(isPicked) =>
                    onPick(isPicked ? [...picked, code.id] : picked.filter((other) => other !== code.id))
                  }
                />
              ) : null}
            </Td>
            <Td className="max-w-0">
              <span className="flex min-w-0 items-center gap-2">
                <button
                  type="button"
                  className="truncate text-left font-medium hover:underline"
                  title={code.name}
                  onClick={() => onOpen(code.id)}
                >
                  {code.name}
                </button>
                {code.channel === "" ? null : <Tag shape={false}>{code.channel}</Tag>}
              </span>
            </Td>
            <Td className="text-dim">{words(`kind.${code.kind}`)}</Td>
            <Td className="max-w-0 truncate text-dim" title={list(targetNames(code))}>
              {list(targetNames(code))}
            </Td>
            <Td>
              <CodeStatus code={code} />
            </Td>
            <Td numeric>{count(code.figures.joins)}</Td>
            <Td numeric>{count(code.figures.leaves)}</Td>
            <Td numeric>{count(code.figures.orders)}</Td>
            <Td numeric>{yuanRound(code.figures.netFen)}</Td>
          </Tr>
        ))}
      </tbody>
    </WideTable>
  );
}

const targetNames = ({ targets }: Code) => targets.map(({ id, name }) => name ?? id);
