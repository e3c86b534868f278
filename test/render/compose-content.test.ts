// The compose file: secrets, text from a declaration, overrides, and plans out of the ordinary.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { EnvironmentPlan } from '../../src/plan/types';
import { renderCompose } from '../../src/render/compose';
import { type Compose, composeOf, filesOf, service, textOf } from './fixtures/compose-file';
import { composePlan, containersOf, environment, variable, web } from './fixtures/compose-plan';

const full = composeOf();
const all = Object.entries(full.services);

describe('secrets', () => {
  it('are files, named by a variable', () => {
    expect(service(full, 'financial-service').environment).toEqual({
      NODE_OPTIONS: '--max-old-space-size=384',
      LOG_LEVEL: 'info',
      DATABASE_URL_FILE: '/run/secrets/DATABASE_URL',
    });
  });

  it('are mounted to each container from its own folder only', () => {
    for (const [name, { volumes }] of all) {
      const folders = (volumes ?? [])
        .filter(({ source }) => source.startsWith('./.secrets/'))
        .map(({ source }) => source);
      const own = name.startsWith('financial-service') ? 'financial-service' : name;
      // The authority's certificate is no secret; a key is in the folder of its server only.
      const allowed = ['./.secrets/authority', `./.secrets/certificates/${own}`, `./.secrets/files/${own}`];
      for (const folder of folders) expect(allowed, name).toContain(folder);
      if (folders.length > 0) expect(service(full, name).depends_on, name).toHaveProperty(['secrets']);
    }
  });

  it('are generated into a folder that git ignores', () => {
    expect(textOf(undefined, '.secrets/.gitignore')).toBe('*\n!.gitignore\n');
    const manifest = JSON.parse(textOf(undefined, 'compose/secrets.json'));
    expect(manifest.folders[0]).toEqual({
      name: 'financial-service',
      files: [
        {
          name: 'DATABASE_URL',
          content: [
            'postgresql://financial_service:',
            { secret: 'postgres-financial-service', encoding: 'url' },
            '@postgres:5432/financial_db',
          ],
        },
      ],
    });
  });

  it('name only sources that exist', () => {
    const { sources, folders } = JSON.parse(textOf(undefined, 'compose/secrets.json'));
    const known = sources.map(({ id }: { id: string }) => id);
    const parts = folders.flatMap(({ files }: { files: { content: unknown[] }[] }) =>
      files.flatMap(({ content }) => content),
    );
    for (const part of parts) if (typeof part !== 'string') expect(known).toContain(part.secret);
  });

  it('go with a certificate for each server that presents one', () => {
    const { certificates } = JSON.parse(textOf(undefined, 'compose/secrets.json'));
    expect(certificates.authority).toBe('financial-service development');
    expect(certificates.folders).toContainEqual({
      name: 'postgres',
      hosts: ['postgres', 'localhost', '127.0.0.1'],
      usages: ['server auth'],
    });
    expect(service(full, 'secrets')).toHaveProperty('entrypoint.1', '/opt/groundwork/certificates.mjs');
  });

  it('need no generator when there are none', () => {
    const development = environment({ backing: containersOf('smtp'), variables: [], trust: null });
    expect(filesOf(development).map(({ path }) => path)).toEqual(['compose.yaml']);
    expect(Object.keys(composeOf(development).services)).not.toContain('secrets');
  });
});

describe('a change of what a container reads', () => {
  const labelOf = (produces: string[]): unknown => {
    const uses = [{ service: 's', key: 'kafka', parameters: { produces }, values: { user: 's' }, passwordSecret: 'p' }];
    const compose = composeOf(environment({ backing: containersOf('kafka', { uses }) }));
    return service(compose, 'kafka-setup').labels;
  };

  it('changes the service too, so that compose creates the container anew', () => {
    expect(labelOf(['a'])).toEqual(labelOf(['a']));
    expect(labelOf(['a'])).not.toEqual(labelOf(['b']));
  });
});

describe('text from a declaration', () => {
  const small = { backing: containersOf('smtp'), jobs: [], migration: null };
  const names = Object.keys(composeOf(environment({ ...small, variables: [] })).services);
  const injected = (text: string): string | undefined => {
    const variables = [variable('TEXT', [{ kind: 'literal', text }])];
    const compose = composeOf(environment({ ...small, variables }));
    expect(Object.keys(compose.services)).toEqual(names);
    return service(compose, 'financial-service').environment?.TEXT;
  };

  it.each([
    '$HOME',
    '${PATH:-x}',
    '$$',
    '`id` $(id)',
    'a: b # c',
    'it\'s "quoted" \\ \t',
    'line one\nservices: {}\n',
    '- [*anchor, &a, !!tag]',
    'yes',
    '0x10',
    '\u2028 \u0085 é 🌾',
    '',
  ])('%j arrives as it is', (text) => {
    expect(injected(text)).toBe(text.replaceAll('$', '$$$$'));
  });

  it('never interpolates and never changes the structure', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        // Other control characters are refused before a plan exists, and half a surrogate pair is no text.
        fc.pre(!/[^\P{Cc}\t\n\u0085]|\p{Cs}/u.test(text));
        expect(injected(text)).toBe(text.replaceAll('$', '$$$$'));
      }),
      { numRuns: 200 },
    );
  });

  it('cannot leave a comment', () => {
    const backing = containersOf('smtp').map((container) => ({ ...container, why: 'one\nservices: {}\r\ntwo' }));
    expect(Object.keys(composeOf(environment({ backing })).services)).toContain('smtp');
  });

  it('leaves no bare dollar in any value', () => {
    const values = (node: unknown): string[] =>
      typeof node === 'object' && node !== null ? Object.values(node).flatMap(values) : [String(node)];
    const withDollars = values(full).filter((value) => value.includes('$'));
    expect(withDollars).toEqual(['$$SYS/broker/uptime']);
  });
});

describe('overrides', () => {
  const override = (operations: EnvironmentPlan['overrides'][number]['operations']) =>
    environment({ overrides: [{ artifact: 'compose', target: '', operations }] });

  it('have the last word', () => {
    const compose = composeOf(
      override([{ op: 'replace', path: '/services/postgres/image', value: 'postgis/postgis:17-3.5' }]),
    );
    expect(service(compose, 'postgres').image).toBe('postgis/postgis:17-3.5');
  });

  it('may remove what a comment is about', () => {
    const compose = composeOf(override([{ op: 'remove', path: '/services/smtp', value: null }]));
    expect(compose.services).not.toHaveProperty(['smtp']);
  });

  it('that do not apply say why', () => {
    expect(() => textOf(override([{ op: 'remove', path: '/services/nobody', value: null }]))).toThrow(
      'The override of compose does not apply: operation 1 is "remove /services/nobody", but there is nothing at /services/nobody.',
    );
  });
});

describe('a plan', () => {
  it('without an environment in compose has no compose file', () => {
    expect(filesOf({ ...environment(), runs: 'kubernetes' })).toEqual([]);
  });

  it('with two services of one name is a fault of ours', () => {
    expect(() => textOf(environment({ workloads: [{ ...web, name: 'postgres' }] }))).toThrow(
      'BUG: two services of the compose file are named postgres',
    );
  });

  it('of the root of a monorepo builds from there', () => {
    const plan = composePlan();
    const monorepo = {
      ...plan,
      build: { ...plan.build, contextFromFolder: '../../..' },
      delivery: { ...plan.delivery, dockerfile: 'backend/services/financial-service/Dockerfile' },
    };
    const [file] = renderCompose(monorepo);
    const { build } = service(parse(file?.body ?? '') as Compose, 'financial-service');
    expect(build).toEqual({ context: '../../..', dockerfile: 'backend/services/financial-service/Dockerfile' });
  });

  it('renders the same bytes twice', () => {
    expect(filesOf()).toEqual(filesOf());
  });
});
