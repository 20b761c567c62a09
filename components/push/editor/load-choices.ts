import * as z from "zod/mini";
import { request } from "../../http/request.ts";
import { useLoaded, type Loaded } from "../../http/use-loaded.ts";
import { GroupWords } from "../../wecom/groups/group-data.ts";

/** What a selection is made of: members, tags of customers, words of groups. */

const Members = z.object({
  members: z.array(
    z.object({ id: z.string(), name: z.string(), groups: z.number(), customers: z.nullable(z.number()) }),
  ),
  cursor: z.nullable(z.string()),
});
export type Member = z.infer<typeof Members>["members"][number];

const ContactTags = z.object({
  tags: z.array(z.object({ tagId: z.string(), name: z.string(), groupName: z.string() })),
});

const nothing = <T>(value: T) => Promise.resolve({ ok: true as const, value });

export function useMembers(corpId: string | null): Loaded<readonly Member[]> {
  return useLoaded<readonly Member[]>(`members ${corpId}`, async (signal) => {
    const members: Member[] = [];
    for (let cursor: string | null = ""; corpId !== null && cursor !== null;) {
      const query: URLSearchParams = new URLSearchParams({
        corp: corpId,
        limit: "500",
        ...(cursor === "" ? {} : { cursor }),
      });
      const page = await request(`/api/v1/wecom/members?${query}`, { shape: Members, signal });
      if (!page.ok) return page;
      members.push(...page.value.members);
      cursor = page.value.cursor;
    }
    return { ok: true, value: members };
  });
}

export function useGroupWords(corpId: string | null): Loaded<GroupWords> {
  return useLoaded(`group words ${corpId}`, (signal) =>
    corpId === null
      ? nothing({ owners: [], purposes: [], tags: [] })
      : request(`/api/v1/wecom/groups/words?corp=${corpId}`, { shape: GroupWords, signal }),
  );
}

export function useContactTags(corpId: string | null): Loaded<z.infer<typeof ContactTags>> {
  return useLoaded(`contact tags ${corpId}`, (signal) =>
    corpId === null
      ? nothing({ tags: [] })
      : request(`/api/v1/wecom/corps/${corpId}/tags`, { shape: ContactTags, signal }),
  );
}
