import { useEffect, useRef, useState, type FormEvent } from 'react';
import { canvasUi, type AskedForm } from '../canvas/canvas-ui';
import type { Field, Values } from './act';
import { request } from './carry-out';
import { valuesOf } from './perform';
import { useFocusInside, useInsideCanvas } from './popovers';
import { words } from './words';
import './form.css';

/** What an act has to ask, beside its object; under the fields the command that they make. */
export function ActForm({ form }: { form: AskedForm }) {
  const { offer, target, fields } = form;
  const ref = useRef<HTMLFormElement>(null);
  const [values, setValues] = useState<Values>(() => valuesOf(fields));
  const command = useCommand(form, values);
  const place = useInsideCanvas(ref, form);
  useFocusInside(ref, close);
  const title = words.form(offer.name.replace(/…$/, ''), target.name);
  const isEmpty = fields.some(({ choices }) => choices?.length === 0);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    close();
    form.send(values);
  };
  return (
    <form
      ref={ref}
      className="act-form"
      aria-label={title}
      style={place}
      onSubmit={submit}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') close();
        // A choice would open its list, which arrows reach as well.
        else if (event.key === 'Enter' && event.target instanceof HTMLSelectElement) {
          event.preventDefault();
          event.currentTarget.requestSubmit();
        }
      }}
    >
      <div className="act-form-head mono">{title}</div>
      {isEmpty ? (
        <p>{words.nothingToChoose}</p>
      ) : (
        fields.map((field) => (
          <FieldRow
            key={field.name}
            field={field}
            value={values[field.name] ?? ''}
            onChange={(value) => setValues({ ...values, [field.name]: value })}
          />
        ))
      )}
      {command && (
        // It may be longer than its box, and is scrolled by key, too.
        <code className="act-form-command" tabIndex={0}>
          {command}
        </code>
      )}
      <div className="act-form-foot">
        <button type="button" className="btn" onClick={close}>
          {words.cancel}
        </button>
        <button type="submit" className="btn pri" disabled={isEmpty}>
          {words.run}
        </button>
      </div>
    </form>
  );
}

interface FieldRowProps {
  field: Field;
  value: string;
  onChange: (value: string) => void;
}

function FieldRow({ field, value, onChange }: FieldRowProps) {
  return (
    <label className="act-field">
      <span>
        {field.label}
        {field.optional && <small> {words.optional}</small>}
      </span>
      {field.choices ? (
        <select value={value} onChange={(event) => onChange(event.target.value)}>
          {field.choices.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      ) : (
        <input
          className="mono"
          value={value}
          placeholder={field.hint}
          required={!field.optional}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </label>
  );
}

/** The command that the values make; '' while it is not known. */
function useCommand({ offer }: AskedForm, values: Values): string {
  const [command, setCommand] = useState('');
  useEffect(() => {
    let isCurrent = true;
    const planned = async () => (await offer.plan(values, request)).command;
    planned().then(
      (text) => isCurrent && setCommand(text),
      () => isCurrent && setCommand(''),
    );
    return () => {
      isCurrent = false;
    };
  }, [offer, values]);
  return command;
}

function close(): void {
  canvasUi.setState({ form: null });
}
