const none: readonly never[] = [];

/** Rows by id in the order a database would scan them: an updated row moves to the end. Groups index rows by what never changes in them. */
export class Table<Row extends { id: string }, Group extends string = never> {
  readonly #rows = new Map<string, Row>();
  readonly #groups: { key: (row: Row) => string; rows: Map<string, Row[]> }[] = [];
  readonly #byName = new Map<Group, Map<string, Row[]>>();
  readonly #watchers: ((row: Row) => void)[] = [];
  #changes = 0;

  constructor(groups: Record<Group, (row: Row) => string>) {
    for (const name of Object.keys(groups) as Group[]) {
      const rows = new Map<string, Row[]>();
      this.#groups.push({ key: groups[name], rows });
      this.#byName.set(name, rows);
    }
  }
  get size(): number {
    return this.#rows.size;
  }
  get(id: string): Row | undefined {
    return this.#rows.get(id);
  }
  values(): IterableIterator<Row> {
    return this.#rows.values();
  }
  in(group: Group, key: string): readonly Row[] {
    return this.#byName.get(group)?.get(key) ?? none;
  }
  add(row: Row): Row {
    this.#rows.set(row.id, row);
    for (const { key, rows } of this.#groups) {
      const bucket = rows.get(key(row));
      if (bucket) bucket.push(row);
      else rows.set(key(row), [row]);
    }
    this.#changed(row);
    return row;
  }
  /** Writes members that no group is built on. */
  update(row: Row, change: Partial<Row>): Row {
    Object.assign(row, change);
    this.#rows.delete(row.id);
    this.#rows.set(row.id, row);
    this.#changed(row);
    return row;
  }
  remove(row: Row): void {
    this.#rows.delete(row.id);
    for (const { key, rows } of this.#groups) {
      const bucket = rows.get(key(row)) ?? [];
      bucket.splice(bucket.indexOf(row), 1);
      if (bucket.length === 0) rows.delete(key(row));
    }
    this.#changed(row);
  }
  watch(watcher: (row: Row) => void): void {
    this.#watchers.push(watcher);
  }
  /** A database scans a small table by an index until its statistics are fresh, and the rows themselves from then on. */
  get isAnalysed(): boolean {
    return this.#changes > 50 + this.#rows.size / 10;
  }
  #changed(row: Row): void {
    this.#changes += 1;
    for (const watcher of this.#watchers) watcher(row);
  }
}

/** The rows of an unsorted list as they happen to come (CONTRACT 1.6): by name at first, by place later. */
export function heap<Row extends { id: string; name: string; deleted_at: number | null }>(table: Table<Row, string>): Row[] {
  const live = [...table.values()].filter((row) => row.deleted_at === null);
  return table.isAnalysed ? live : live.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
