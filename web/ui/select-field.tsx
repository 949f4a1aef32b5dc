import { Combobox, useCombobox } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { words } from '#web/lib/words/index.ts';
import { focusProps } from './focus.ts';
import { Field, type FieldLabels } from './field.tsx';
import css from './field.module.css';
import { ChevronDownIcon } from './icons.tsx';
import { Label } from './label.tsx';
import { Mantine } from './mantine.tsx';

export interface Option {
  value: string;
  label: string;
  /** Muted, after the label: what tells two of the same name apart. */
  note?: string;
}
interface Offer {
  options: readonly Option[];
  /** Asks the server for options that fit; without it the given ones are searched. */
  onSearch?: (text: string) => void;
  loading?: boolean;
  /** Instead of options when there is none. */
  empty?: ReactNode;
}
const fits = (text: string) => {
  const sought = text.trim().toLowerCase();
  return ({ label, note }: Option) => sought === '' || `${label} ${note ?? ''}`.toLowerCase().includes(sought);
};

interface SelectFieldProps extends FieldLabels, Offer {
  name: string;
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  focusFirst?: boolean;
}
/** One of many, found by typing. */
export function SelectField({
  name,
  value,
  onChange,
  onBlur,
  options,
  onSearch,
  loading = false,
  empty,
  focusFirst,
  ...labels
}: SelectFieldProps) {
  const [typed, setTyped] = useState<string>();
  const chosen = options.find((option) => option.value === value);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const search = (text: string | undefined) => {
    setTyped(text);
    onSearch?.(text ?? '');
  };
  return (
    <Mantine>
      <Field {...labels}>
        {(wiring) => (
          <Combobox
            store={combobox}
            onOptionSubmit={(picked) => {
              onChange(picked);
              search(undefined);
              combobox.closeDropdown();
            }}
          >
            <Combobox.DropdownTarget>
              <div className={css['control']}>
                <Combobox.EventsTarget withExpandedAttribute>
                  <input
                    {...wiring}
                    {...focusProps(focusFirst)}
                    name={name}
                    aria-autocomplete="list"
                    autoComplete="off"
                    spellCheck={false}
                    placeholder={words.ui.pick}
                    value={typed ?? chosen?.label ?? ''}
                    onChange={(event) => {
                      search(event.target.value);
                      combobox.openDropdown();
                      combobox.selectFirstOption();
                    }}
                    onClick={() => combobox.openDropdown()}
                    onBlur={() => {
                      combobox.closeDropdown();
                      search(undefined);
                      onBlur?.();
                    }}
                  />
                </Combobox.EventsTarget>
                <ChevronDownIcon />
              </div>
            </Combobox.DropdownTarget>
            <Offered options={onSearch ? options : options.filter(fits(typed ?? ''))} loading={loading} empty={empty} chosen={[value]} />
          </Combobox>
        )}
      </Field>
    </Mantine>
  );
}

interface MultiSelectFieldProps extends FieldLabels, Offer {
  name: string;
  values: readonly string[];
  onChange: (values: string[]) => void;
  onBlur?: () => void;
}
/** Several of many; Backspace in the empty field takes the last one back. */
export function MultiSelectField({
  name,
  values,
  onChange,
  onBlur,
  options,
  onSearch,
  loading = false,
  empty,
  ...labels
}: MultiSelectFieldProps) {
  const [typed, setTyped] = useState('');
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const search = (text: string) => {
    setTyped(text);
    onSearch?.(text);
  };
  const labelOf = (value: string) => options.find((option) => option.value === value)?.label ?? value;
  return (
    <Mantine>
      <Field {...labels}>
        {(wiring) => (
          <Combobox
            store={combobox}
            onOptionSubmit={(picked) => {
              onChange(values.includes(picked) ? values.filter((value) => value !== picked) : [...values, picked]);
              search('');
            }}
          >
            <Combobox.DropdownTarget>
              <div className={css['control']}>
                {values.map((value) => (
                  <Label key={value} text={labelOf(value)} onRemove={() => onChange(values.filter((other) => other !== value))} />
                ))}
                <Combobox.EventsTarget withExpandedAttribute>
                  <input
                    {...wiring}
                    name={name}
                    aria-autocomplete="list"
                    autoComplete="off"
                    spellCheck={false}
                    placeholder={values.length === 0 ? words.ui.pick : ''}
                    value={typed}
                    onChange={(event) => {
                      search(event.target.value);
                      combobox.openDropdown();
                      combobox.selectFirstOption();
                    }}
                    onClick={() => combobox.openDropdown()}
                    onKeyDown={(event) => {
                      if (event.key === 'Backspace' && typed === '') onChange(values.slice(0, -1));
                    }}
                    onBlur={() => {
                      combobox.closeDropdown();
                      search('');
                      onBlur?.();
                    }}
                  />
                </Combobox.EventsTarget>
              </div>
            </Combobox.DropdownTarget>
            <Offered options={onSearch ? options : options.filter(fits(typed))} loading={loading} empty={empty} chosen={values} />
          </Combobox>
        )}
      </Field>
    </Mantine>
  );
}

function Offered({
  options,
  loading,
  empty,
  chosen,
}: {
  options: readonly Option[];
  loading: boolean;
  empty: ReactNode;
  chosen: readonly string[];
}) {
  return (
    <Combobox.Dropdown>
      <Combobox.Options>
        {options.map(({ value, label, note }) => (
          <Combobox.Option key={value} value={value} active={chosen.includes(value)} aria-selected={chosen.includes(value)}>
            <span>{label}</span>
            {note !== undefined && <span className="muted">{note}</span>}
          </Combobox.Option>
        ))}
        {options.length === 0 && <Combobox.Empty>{loading ? words.ui.loading : (empty ?? words.ui.noMatch)}</Combobox.Empty>}
      </Combobox.Options>
    </Combobox.Dropdown>
  );
}
