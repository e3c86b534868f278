// platform/audit.md: what each data store is said to write down, and that nothing is said of what does not happen.
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { kinds } from '../../src/catalog';
import type { Runs } from '../../src/catalog/kind';
import { renderPlatformAudit } from '../../src/render/platform-audit';
import '../../src/render/platform';
import { examplesFolder, generateFolder } from '../support/platform-examples';

const { plan } = generateFolder(path.join(examplesFolder, 'daorsagro'));
if (plan === null) throw new Error('the example has no plan');
const text = renderPlatformAudit(plan)[0]?.body ?? '';

describe('the page of what is recorded', () => {
  it('has every instance of every environment', () => {
    const clusters = new Set(plan.clusters.map(({ name }) => name));
    const laptops = plan.laptops.filter(({ name }) => !clusters.has(name));
    const all = [...laptops, ...plan.clusters].flatMap(({ instances }) => instances);
    expect(text.match(/^### /gm)).toHaveLength(all.length);
    expect(text.match(/^Encryption: /gm)).toHaveLength(all.length);
    expect(text).not.toContain('{log}');
  });

  it('names the command that shows it', () => {
    expect(text).toContain('    docker compose --file platform/compose/development/compose.yaml logs postgres\n');
    expect(text).toContain('    kubectl --namespace daorsagro-data logs --selector app.kubernetes.io/instance=kafka ');
  });

  it('does not promise what the edition cannot', () => {
    const [, elasticsearch = ''] = text.split(/### elasticsearch: /);
    expect(elasticsearch.split('### ')[0]).toContain('Not recorded: Logins and requests');
    expect(elasticsearch.split('### ')[0]).not.toContain('Recorded:');
  });
});

describe('each kind', () => {
  const every = Object.values(kinds).flatMap((kind) =>
    (['container', 'operator', 'aws', 'external'] as Runs[]).map((runs) => [kind.kind, runs, kind] as const),
  );

  it.each(every)('%s (%s) says what is recorded, or why nothing is, and where it can be read', (_name, runs, kind) => {
    const audit = kind.audit[runs];
    if (audit === null) {
      expect(runs === 'container' || kind.reach[runs] === 'pods').toBe(false);
      return;
    }
    expect(audit.recorded.length > 0 || audit.missing !== null).toBe(true);
    expect(audit.where === null).toBe(audit.recorded.length === 0);
    expect(audit.source).toMatch(/^https:\/\//);
  });

  it.each(every)('%s (%s) is encrypted, or says why not', (_name, runs, kind) => {
    if (kind.signedBy[runs] === 'nobody') expect(kind.plainBecause).not.toBeNull();
  });
});
