import type { Instant } from "#domain/units.ts";
import type { WecomAttachment } from "#domain/wecom-limits.ts";

/**
 * What callbacks tell whoever keeps groups and people of a corp. Deliveries come late, twice and in any order, so every call may be repeated and may be
 * older than what is known: of two calls about one thing the one with the later `at` (WeCom's clock, whole seconds) wins. Of the same second the one that
 * was read from WeCom wins, but for removals by the customer, which no reading shows: there it is the order in which they were delivered.
 */
export type WecomPeople = {
  /** What a customer who came to `userId` by the code with this state is greeted with; null: nothing is prepared. */
  welcomeFor(asked: OfPair & { readonly state: string | null }): Promise<Welcome | null>;
  /** They have each other now. `read`: what WeCom shows of the customer; null: nothing any more. Answers the tags that their code brings. */
  contactAdded(added: ContactAdded): Promise<{ readonly tagIds: readonly string[] }>;
  /** Something of the customer changed. */
  contactChanged(changed: OfCorp & { readonly at: Instant; readonly read: ContactRead }): Promise<void>;
  contactRemoved(removed: OfPair & { readonly at: Instant; readonly by: RemovedBy }): Promise<void>;
  /** The customer stays with whoever had them. */
  transferFailed(failed: OfPair & { readonly at: Instant; readonly reason: string }): Promise<void>;
  /** To be read from WeCom again, a few seconds later: what a group shows lags behind what is told of it. */
  groupChanged(changed: GroupChange): Promise<void>;
  groupDismissed(dismissed: OfCorp & { readonly chatId: string; readonly at: Instant }): Promise<void>;
  /** Tags were made, named anew, moved or deleted. */
  tagsChanged(changed: OfCorp & { readonly at: Instant }): Promise<void>;
};

/** Id of the corp's row. */
type OfCorp = { readonly corp: string };
type OfPair = OfCorp & { readonly userId: string; readonly externalUserId: string };

export type RemovedBy = "member" | "customer" | "transfer";

export type Welcome = { readonly text: string | null; readonly attachments: readonly WecomAttachment[] };

export type ContactAdded = OfPair & {
  readonly at: Instant;
  /** The customer added the member, who has not added back yet. */
  readonly half: boolean;
  /** Of the code, as the event told it; `read` may tell it too. */
  readonly state: string | null;
  readonly read: ContactRead | null;
};

export type ContactRead = {
  readonly externalUserId: string;
  readonly name: string | null;
  /** WeCom's: 1 WeChat, 2 WeCom. */
  readonly type: number | null;
  readonly unionid: string | null;
  /** Everybody of the corp who has them. */
  readonly follows: readonly FollowRead[];
};

export type FollowRead = {
  readonly userId: string;
  readonly since: number;
  /** WeCom's; 10: from a Channels account. */
  readonly addWay: number | null;
  readonly state: string | null;
  /** `source`, WeCom's: 0 unknown, 1 profile page, 2 live room. */
  readonly channels: { readonly name: string | null; readonly source: number | null } | null;
  /** Corp tags alone: personal ones have no id. */
  readonly tagIds: readonly string[];
};

export type GroupChange = OfCorp & {
  readonly chatId: string;
  readonly at: Instant;
  /** add_member, del_member, change_owner, change_name, change_notice; null: made, or not told. */
  readonly detail: string | null;
  /** Who came or left, as far as told. */
  readonly members: readonly string[];
  /** Versions of the list of members before and after. The names above are the whole change only for who holds the list of version `from`. */
  readonly from: string | null;
  readonly to: string | null;
};
