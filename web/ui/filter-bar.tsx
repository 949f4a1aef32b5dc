import { type ReactNode, type RefObject, useState } from 'react';
import type { Filter, ListControls } from '#web/lib/list-state.ts';
import { formatCount } from '#web/lib/numbers.ts';
import { words } from '#web/lib/words/index.ts';
import { Button } from './button.tsx';
import css from './filter-bar.module.css';
import { CloseIcon, PlusIcon, RightIcon } from './icons.tsx';
import { Popover } from './popover.tsx';
import { SearchField } from './search-field.tsx';
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
  /** "is not" makes no sense, or the source cannot do it. */
  positiveOnly?: boolean;
}
interface FilterBarProps {
  /** What `useListState` gives; another list brings an object of this shape. */
  list: Pick<ListControls, 'q' | 'filters' | 'isFiltered' | 'search' | 'filterBy' | 'clear'>;
  fields: readonly FilterField[];
  searchLabel: string;
  /** The search field, for the screen's `ListThumbs`, which on a phone have the menu of filters too. */
  find?: RefObject<HTMLInputElement | null>;
  /** At the right end. */
  children?: ReactNode;
}
/** Search, the filters in force as chips, and a menu for more. All of it is the URL. */
export function FilterBar({ list, fields, searchLabel, find, children }: FilterBarProps) {
  const isUnderThumb = useIsNarrow() && find !== undefined;
  return (
    <div className={css['bar']}>
      <SearchField ref={find} label={searchLabel} value={list.q} onChange={list.search} />
      {list.filters.map((filter) => {
        const field = fields.find((one) => one.field === filter.field) ?? { field: filter.field, label: filter.field, options: [] };
        return <FilterChip key={filter.field} field={field} filter={filter} onChange={list.filterBy} />;
      })}
      {fields.length > 0 && !isUnderThumb && <FilterMenu fields={fields} filters={list.filters} onChange={list.filterBy} />}
      {list.isFiltered && (
        <Button size="small" variant="ghost" onClick={list.clear}>
          {words.ui.clearFilters}
        </Button>
      )}
      {Boolean(children) && <span className={css['end']}>{children}</span>}
    </div>
  );
}

interface FilterChipProps {
  field: FilterField;
  filter: Filter;
  onChange: (filter: Filter) => void;
}
/** One filter: field, values, and how to change or remove it. */
export function FilterChip({ field, filter, onChange }: FilterChipProps) {
  const shown = filter.values.map((value) => field.options.find((option) => option.value === value)?.label ?? value).join(', ');
  return (
    <span className={css['chip']}>
      <span className={css['field']}>{field.label}</span>
      <Popover
        kind="dialog"
        target={
          <button type="button" className={css['value']} aria-label={words.ui.editFilter(field.label)} title={shown}>
            {filter.negated && <i>{words.ui.not} </i>}
            {shown}
          </button>
        }
      >
        <FilterValues field={field} filter={filter} onChange={onChange} />
      </Popover>
      <button
        type="button"
        className={css['remove']}
        aria-label={words.ui.removeFilter(field.label)}
        onClick={() => onChange({ ...filter, values: [] })}
      >
        <CloseIcon />
      </button>
    </span>
  );
}

export function FilterMenu({
  fields,
  filters,
  onChange,
}: {
  fields: readonly FilterField[];
  filters: readonly Filter[];
  onChange: (filter: Filter) => void;
}) {
  return (
    <Popover
      kind="dialog"
      target={
        <Button size="small" variant="ghost" icon={<PlusIcon />}>
          {words.ui.filter}
        </Button>
      }
    >
      <FieldsThenValues fields={fields} filters={filters} onChange={onChange} />
    </Popover>
  );
}
/** First which field, then which of its values; a single field needs no asking. */
function FieldsThenValues({
  fields,
  filters,
  onChange,
}: {
  fields: readonly FilterField[];
  filters: readonly Filter[];
  onChange: (filter: Filter) => void;
}) {
  const [picked, setPicked] = useState(fields.length === 1 ? fields[0]?.field : undefined);
  const field = fields.find((one) => one.field === picked);
  if (field !== undefined) {
    const filter = filters.find((one) => one.field === field.field) ?? { field: field.field, values: [], negated: false };
    return <FilterValues field={field} filter={filter} onChange={onChange} />;
  }
  return (
    <ul>
      {fields.map((one) => (
        <li key={one.field}>
          <button type="button" className={css['option']} onClick={() => setPicked(one.field)}>
            <span className={css['grow']}>{one.label}</span>
            <RightIcon />
          </button>
        </li>
      ))}
    </ul>
  );
}

const searchFrom = 9;
function FilterValues({ field, filter, onChange }: FilterChipProps) {
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
    <fieldset className={css['values']}>
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
