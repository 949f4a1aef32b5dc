/** Strings as small numbers, so that sets of them are small. The number of a name let go is given out again. */
export class Names {
  readonly #numbers = new Map<string, number>();
  readonly #names: string[] = [];
  readonly #free: number[] = [];

  find(name: string): number | undefined {
    return this.#numbers.get(name);
  }
  /** Its number, a new one for a new name. */
  numberOf(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.#free.pop() ?? this.#names.length;
    this.#names[number] = name;
    this.#numbers.set(name, number);
    return number;
  }
  nameOf(number: number): string {
    return this.#names[number] ?? '';
  }
  release(name: string): void {
    const number = this.#numbers.get(name);
    if (number === undefined) return;
    this.#numbers.delete(name);
    this.#names[number] = '';
    this.#free.push(number);
  }
}
