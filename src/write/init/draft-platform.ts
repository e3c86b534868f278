// Turns what is at the root of a monorepo into the text of a first platform.yaml.
import { type CommentedLine, commentedYaml } from '../../render/shared/yaml-document';
import { serviceName } from './detect-package';
import type { Found } from './snapshot';

const SCHEMA = 'yaml-language-server: $schema=./node_modules/@daorsagro/groundwork/schemas/platform.schema.json';

export interface PlatformFindings {
  readonly name: Found<string>;
  /** `owner/name` on GitHub; null when package.json names none. */
  readonly repository: Found<string> | null;
  /** Folders from the root, and what tells that each is a service. */
  readonly services: readonly Found<string>[];
}

/** The platform's names are shorter than those of services: they begin the names of buckets. */
const mostCharacters = 30;

/** A name as platforms have it: begins with a letter, at least two characters. */
export function platformName(raw: string): string | null {
  const name = (serviceName(raw) ?? '')
    .replace(/^[^a-z]+/, '')
    .slice(0, mostCharacters)
    .replace(/-+$/, '');
  return name.length < 2 ? null : name;
}

/** `owner/name` of what package.json says under repository: an address, or npm's short forms. */
export function repositoryOf(declared: unknown): string | null {
  const url = typeof declared === 'object' && declared !== null ? (declared as { url?: unknown }).url : declared;
  if (typeof url !== 'string') return null;
  const [, repository] = /^(?:github:|.*\bgithub\.com[/:])?([\w.-]+\/[\w.-]+?)(?:\.git)?(?:#.*)?$/.exec(url) ?? [];
  return repository ?? null;
}

const line = (key: string, { value, from }: Found<string>): CommentedLine => ({ key, value, comment: from });

/** The declaration's text. */
export function draftPlatform({ name, repository, services }: PlatformFindings): string {
  const head = [
    SCHEMA,
    'Drafted by `groundwork init` from the files here: read it, correct it, keep it. Nothing writes to it again.',
    'Environments are development (compose), staging and production (Kubernetes) until you say otherwise.',
  ];
  const lines: CommentedLine[] = [
    line('name', name),
    line('domain', { value: `${name.value}.example`, from: 'nothing here says it: put your own' }),
    ...(repository === null ? [] : [line('repository', repository)]),
    { key: 'services', value: services.map(({ value, from }) => ({ value, comment: from })), comment: null },
    {
      key: 'notify',
      value: {
        lines: [line('default', { value: '#alerts', from: 'where alerts go whose owner has no channel of its own' })],
        after: ['team-payments: { critical: "#payments-pager", warning: "#payments-alerts" }'],
      },
      comment: 'Slack channels, by the owner of the service',
    },
  ];
  return commentedYaml(head, { lines, after: [] });
}
