/** A set of labels or annotations as it was read; `etag` is of its members. */
export interface TagSet<Item> {
  items: readonly Item[];
  etag: string;
  asOf: string;
}
/** What a widget needs of a query or a mutation, so that it need know neither. */
export interface Reading<Data> {
  data: Data | undefined;
  error: unknown;
  isError: boolean;
  isFetching: boolean;
  refetch: () => unknown;
}
export interface Writing<Change> {
  mutate: (change: Change, options?: { onSuccess?: () => void; onError?: () => void }) => void;
  variables: Change | undefined;
  error: Error | null;
  isPending: boolean;
}
/** How a set is changed, by whom, and what it is called. */
export interface TagWrites<Change, Set> {
  add: Writing<Change>;
  remove: Writing<Change>;
  /** Takes a removal back. */
  restore: Writing<Change>;
  whyNotAdd: string | undefined;
  whyNotRemove: string | undefined;
  /** The set that a 412 carried. */
  now: Set | undefined;
}
