// Text of an alert with places for its value and labels: once as the template that Prometheus expands, once as it reads when it fires.
import { templateText } from '../promql/escape';

/** How a value is read by a person. */
export type ValueFormat = 'percentage' | 'duration' | 'number';

export type MessagePart = string | { readonly value: ValueFormat } | { readonly label: string };
export type Message = readonly MessagePart[];

/** `message\`${label('pod')} uses ${value('percentage')} of its heap\``; strings that are put in stay literal. */
export const message = (strings: TemplateStringsArray, ...parts: readonly MessagePart[]): Message =>
  strings.flatMap((text, index) => {
    const part = parts[index];
    return part === undefined ? [text] : [text, part];
  });

export const value = (format: ValueFormat): MessagePart => ({ value: format });
export const label = (name: string): MessagePart => ({ label: name });

/** https://prometheus.io/docs/prometheus/latest/configuration/template_reference/#numbers */
const formats: Readonly<Record<ValueFormat, string>> = {
  percentage: '{{ $value | humanizePercentage }}',
  duration: '{{ $value | humanizeDuration }}',
  number: '{{ $value | humanize }}',
};

export const templateOf = (parts: Message): string =>
  parts
    .map((part) => {
      if (typeof part === 'string') return templateText(part);
      return 'value' in part ? formats[part.value] : `{{ $labels.${part.label} }}`;
    })
    .join('');

/** The text as Prometheus expands it. */
export const expandedText = (parts: Message, shown: string, labels: Readonly<Record<string, string>>): string =>
  parts
    .map((part) => {
      if (typeof part === 'string') return part;
      return 'value' in part ? shown : (labels[part.label] ?? '');
    })
    .join('');

/** The message with `{value}`, `{label:NAME}` and named placeholders of a text of ours filled in. */
export function fromPlaceholders(
  source: string,
  format: ValueFormat,
  names: Readonly<Record<string, string>>,
): Message {
  return source.split(/(\{[a-zA-Z_:]+\})/).map((part): MessagePart => {
    const placeholder = /^\{(.+)\}$/.exec(part)?.[1];
    if (placeholder === undefined) return part;
    if (placeholder === 'value') return value(format);
    if (placeholder.startsWith('label:')) return label(placeholder.slice('label:'.length));
    const name = names[placeholder];
    if (name === undefined) throw new Error(`BUG: no value for the placeholder ${part}`);
    return name;
  });
}
