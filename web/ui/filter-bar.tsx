import { type ReactNode, type RefObject, useRef, useState } from 'react';
import type { Filter, ListControls } from '#web/lib/list-state.ts';
import { formatCount } from '#web/lib/numbers.ts';
import { words } from '#web/lib/words/index.ts';
import { Button } from './button.tsx';
import css from './filter-bar.module.css';
import { CloseIcon, PlusIcon, RightIcon } from './icons.tsx';
import { Popover } from './popover.tsx';
import { SearchField } from './search-field.tsx';
import { Mark } from './state-mark.tsx';
import { useIsNarrow } from './use-width.ts';

export interface FilterOption {
  value: string;
  label?: string;
  count?: number;
}
export interface FilterField {
  field: string;
  label: string;
  options: readonly FilterOption[];
  /** One value at a time. */
  single?: boolean;
  /** Values beside those offered may be typed: the list of them may be too long to be told. */
  free?: boolean;
  /** A row has several of them: further filters on it may be added, and all must hold. */
  repeats?: boolean;
  /** "is not" makes no sense, or the source cannot do it. */
  positiveOnly?: boolean;
}
interface FilterBarProps {
  /** What `useListState` gives; another list brings an object of this shape. */
  list: Pick<ListControls, 'q' | 'filters' | 'isFiltered' | 'search' | 'filterBy' | 'clear'> &
    Partial<Pick<ListControls, 'ignored' | 'tidy'>>;
  fields: readonly FilterField[];
  searchLabel: string;
  /** The search field, for the screen's `ListThumbs`, which on a phone have the menu of filters too. */
  find?: RefObject<HTMLInputElement | null>;
  /** At the right end. */
  children?: ReactNode;
}
/** Search, the filters in force as chips, and a menu for more. All of it is the URL. */
export function FilterBar({ list, fields, searchLabel, find, children }: FilterBarProps) {
  const own = useRef<HTMLInputElement>(null);
  const search = find ?? own;
  const isNarrow = useIsNarrow();
  const isUnderThumb = isNarrow && find !== undefined;
  const { filters, ignored = [], tidy } = list;
  // What was pressed goes away with what it took away: the keyboard goes on from the search. On a phone that would open its keys.
  const goOn = () => isNarrow || search.current?.focus();
  return (
    <>
      <div className={css['bar']}>
        <SearchField ref={search} label={searchLabel} value={list.q} onChange={list.search} />
        {filters.map((filter, at) => {
          const field = fields.find((one) => one.field === filter.field) ?? { field: filter.field, label: filter.field, options: [] };
          const before = filters.slice(0, at).filter((one) => one.field === filter.field).length;
          return (
            <FilterChip
              key={`${filter.field} ${before}`}
              field={before > 0 ? { ...field, label: words.ui.alsoFilter(field.label) } : field}
              filter={filter}
              onChange={(changed) => list.filterBy(changed, at)}
              onRemove={() => {
                goOn();
                list.filterBy({ ...filter, values: [] }, at);
              }}
            />
          );
        })}
        {fields.length > 0 && !isUnderThumb && <FilterMenu fields={fields} filters={filters} onChange={list.filterBy} />}
        {list.isFiltered && (
          <Button
            size="small"
            variant="ghost"
            onClick={() => {
              goOn();
              list.clear();
            }}
          >
            {words.ui.clearFilters}
          </Button>
        )}
        {Boolean(children) && <span className={css['end']}>{children}</span>}
      </div>
      {ignored.length > 0 && (
        <div className={css['ignored']}>
          <Mark kind="unknown" />
          <p>
            <output>{words.ui.ignored(ignored.map(({ name, value }) => `${name}=${value}`))}</output>{' '}
            {tidy && (
              <button
                type="button"
                className="link"
                onClick={() => {
                  goOn();
                  tidy();
                }}
              >
                {words.ui.tidyAddress}
              </button>
            )}
          </p>
        </div>
      )}
    </>
  );
}

interface FilterChipProps {
  field: FilterField;
  filter: Filter;
  onChange: (filter: Filter) => void;
  onRemove: () => void;
}
/** One filter: field, values, and how to change or remove it. */
function FilterChip({ field, filter, onChange, onRemove }: FilterChipProps) {
  const shown = filter.values.map((value) => field.options.find((option) => option.value === value)?.label ?? value).join(', ');
  const told = filter.negated ? `${words.ui.not} ${shown}` : shown;
  return (
    <span className={css['chip']}>
      <span className={css['field']}>{field.label}</span>
      <Popover
        kind="dialog"
        target={
          <button type="button" className={css['value']} aria-label={words.ui.editFilter(field.label, told)} title={told}>
            {filter.negated && <i>{words.ui.not} </i>}
            <bdi>{shown}</bdi>
          </button>
        }
      >
        <FilterValues field={field} filter={filter} onChange={onChange} />
      </Popover>
      <button type="button" className={css['remove']} aria-label={words.ui.removeFilter(field.label, told)} onClick={onRemove}>
        <CloseIcon />
      </button>
    </span>
  );
}

interface FilterMenuProps {
  fields: readonly FilterField[];
  filters: readonly Filter[];
  onChange: (filter: Filter, at?: number) => void;
}
export function FilterMenu(props: FilterMenuProps) {
  return (
    <Popover
      kind="dialog"
      target={
        <Button size="small" variant="ghost" icon={<PlusIcon />}>
          {words.ui.filter}
        </Button>
      }
    >
      <FieldsThenValues {...props} />
    </Popover>
  );
}
/** First which field, then which of its values; a single field needs no asking. */
function FieldsThenValues({ fields, filters, onChange }: FilterMenuProps) {
  const [picked, setPicked] = useState<{ field: string | undefined; at?: number }>({
    field: fields.length === 1 && fields[0]?.repeats !== true ? fields[0]?.field : undefined,
  });
  const field = fields.find((one) => one.field === picked.field);
  if (field !== undefined) {
    const { at } = picked;
    // A further filter is the one in its place, once its first value was picked.
    const filter = at === undefined ? filters.find((one) => one.field === field.field) : filters[at];
    return (
      <FilterValues
        field={at === undefined ? field : { ...field, label: words.ui.alsoFilter(field.label) }}
        filter={filter ?? { field: field.field, values: [], negated: false }}
        onChange={(changed) => (at === undefined ? onChange(changed) : onChange(changed, at))}
      />
    );
  }
  return (
    <ul>
      {fields.flatMap((one) => [
        <FieldChoice key={one.field} label={one.label} onPick={() => setPicked({ field: one.field })} />,
        ...(one.repeats === true && filters.some((filter) => filter.field === one.field)
          ? [
              <FieldChoice
                key={`${one.field} also`}
                label={words.ui.alsoFilter(one.label)}
                onPick={() => setPicked({ field: one.field, at: filters.length })}
              />,
            ]
          : []),
      ])}
    </ul>
  );
}
function FieldChoice({ label, onPick }: { label: string; onPick: () => void }) {
  return (
    <li>
      <button type="button" className={css['option']} onClick={onPick}>
        <span className={css['grow']}>{label}</span>
        <RightIcon />
      </button>
    </li>
  );
}

const searchFrom = 9;
/** After the choice of a field, whose button is gone; opened from a chip, the popover has seen to it. */
function takeFocus(values: HTMLElement | null): void {
  if (document.activeElement === document.body) values?.querySelector('input')?.focus();
}
function FilterValues({ field, filter, onChange }: Pick<FilterChipProps, 'field' | 'filter' | 'onChange'>) {
  const [text, setText] = useState('');
  const typed = text.trim();
  const known = [
    ...field.options,
    ...filter.values.filter((value) => !field.options.some((option) => option.value === value)).map((value): FilterOption => ({ value })),
  ];
  const isNew = field.free === true && typed !== '' && !known.some(({ value }) => value === typed);
  const offered = [...known, ...(isNew ? [{ value: typed }] : [])].filter(({ value, label }) =>
    (label ?? value).toLowerCase().includes(typed.toLowerCase()),
  );
  const pick = (value: string, on: boolean) => {
    const others = field.single === true ? [] : filter.values.filter((one) => one !== value);
    onChange({ ...filter, values: on ? [...others, value] : others });
  };
  return (
    <fieldset className={css['values']} ref={takeFocus}>
      <legend className={css['legend']}>{field.label}</legend>
      {(field.free === true || field.options.length >= searchFrom) && (
        <input
          className={css['narrowing']}
          aria-label={words.ui.search}
          placeholder={words.ui.search}
          data-first
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      <div className={css['scroll']}>
        {offered.map(({ value, label, count }) => (
          <label key={value} className={css['option']}>
            <input
              type={field.single === true ? 'radio' : 'checkbox'}
              checked={filter.values.includes(value)}
              onChange={(event) => pick(value, event.target.checked)}
            />
            <span className={css['grow']}>{label ?? value}</span>
            {count !== undefined && <span className={css['count']}>{formatCount(count)}</span>}
          </label>
        ))}
        {offered.length === 0 && <p className={css['legend']}>{words.ui.noMatch}</p>}
      </div>
      {field.positiveOnly !== true && filter.values.length > 0 && (
        <label className={css['negate']}>
          <input type="checkbox" checked={filter.negated} onChange={(event) => onChange({ ...filter, negated: event.target.checked })} />
          <span>{words.ui.exclude}</span>
        </label>
      )}
    </fieldset>
  );
}
