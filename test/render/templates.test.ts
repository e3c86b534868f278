// Templates and helpers agree: a template reads exactly the fields that it is given, and each value passes a helper.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Handlebars from 'handlebars';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { renderDockerfile } from '../../src/render/dockerfile';
import { helpers } from '../../src/render/shared/escape';
import * as template from '../../src/render/shared/template';
import { builds, nodeBuild, planOf, staticBuild } from './fixtures/node-build';

const root = path.join(__dirname, '..', '..');
const names = readdirSync(path.join(root, 'templates', 'dockerfile'))
  .filter((name) => name.endsWith('.hbs'))
  .map((name) => `dockerfile/${name.slice(0, -'.hbs'.length)}`);

const syntaxOf = (name: string) => Handlebars.parse(readFileSync(path.join(root, 'templates', `${name}.hbs`), 'utf8'));

/** Blocks of Handlebars itself. */
const blocks = new Set(['each', 'if', 'unless']);

/** Names that a template takes from its view, those below an `each` left out; and what it prints without a helper. */
function usesOf(name: string): { readonly fields: Set<string>; readonly bare: string[] } {
  const fields = new Set<string>();
  const bare: string[] = [];
  let depth = 0;
  class Uses extends Handlebars.Visitor {
    override PathExpression(expression: hbs.AST.PathExpression): void {
      const [first] = expression.parts;
      if (first !== undefined && !expression.data && (depth === 0 || expression.depth > 0)) fields.add(String(first));
    }
    override MustacheStatement(statement: hbs.AST.MustacheStatement): void {
      if (statement.params.length === 0) bare.push(String((statement.path as hbs.AST.PathExpression).original));
      for (const parameter of statement.params) this.accept(parameter);
    }
    override BlockStatement(block: hbs.AST.BlockStatement): void {
      const helper = String((block.path as hbs.AST.PathExpression).original);
      if (!blocks.has(helper)) bare.push(helper);
      for (const parameter of block.params) this.accept(parameter);
      if (helper === 'each') depth += 1;
      this.accept(block.program);
      if (helper === 'each') depth -= 1;
      if (block.inverse) this.accept(block.inverse);
    }
  }
  new Uses().accept(syntaxOf(name));
  return { fields, bare };
}

/** Keys of every view that the renderer gave to a template. */
const views = new Map<string, Set<string>>();

beforeAll(() => {
  const render = template.renderTemplate;
  const spy = vi.spyOn(template, 'renderTemplate').mockImplementation((name, view) => {
    const keys = views.get(name) ?? new Set<string>();
    for (const key of Object.keys(view)) keys.add(key);
    views.set(name, keys);
    return render(name, view);
  });
  for (const [, build] of builds) renderDockerfile(planOf(build));
  spy.mockRestore();
});

describe.each(names)('%s', (name) => {
  it('reads the fields of its view, all of them and no other', () => {
    expect([...usesOf(name).fields].sort()).toEqual([...(views.get(name) ?? [])].sort());
  });

  it('prints nothing that no helper has escaped', () => {
    expect(usesOf(name).bare).toEqual([]);
  });
});

describe('the loader', () => {
  it('has a function for each helper that the compiler of the templates knows', () => {
    const known: unknown = JSON.parse(readFileSync(path.join(root, 'scripts', 'template-helpers.json'), 'utf8'));
    expect(Object.keys(helpers).sort()).toEqual(known);
  });

  it('calls an unknown template, a missing value and a value of the wrong kind faults of ours', () => {
    expect(() => template.renderTemplate('dockerfile/none', {})).toThrow('BUG: no template named dockerfile/none');
    expect(() => template.plainFile('dockerfile/none')).toThrow('BUG: no file named dockerfile/none');
    expect(() => template.renderTemplate('dockerfile/nginx.conf', {})).toThrow(
      /^BUG: template dockerfile\/nginx\.conf: /,
    );
    const port = '8080; include /etc/passwd' as unknown as number;
    expect(() => renderDockerfile(planOf({ ...staticBuild, port }))).toThrow(/not a number/);
  });

  it('gives the same bytes for the same plan', () => {
    expect(renderDockerfile(planOf(nodeBuild))).toEqual(renderDockerfile(planOf(structuredClone(nodeBuild))));
  });
});
