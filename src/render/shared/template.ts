// Turns a compiled template and its view into text. The only home of `handlebars`.

import { create } from 'handlebars/runtime';
import { files as filesOfServices, templates as templatesOfServices } from '../../generated/templates';
import { helpers } from './escape';

export interface TemplateSet {
  readonly templates: Readonly<Record<string, object>>;
  readonly files: Readonly<Record<string, string>>;
}

const sets: TemplateSet[] = [{ templates: templatesOfServices, files: filesOfServices }];

/** Adds templates that only some commands load. Adding a set again changes nothing. */
export function addTemplates(set: TemplateSet): void {
  if (!sets.includes(set)) sets.push(set);
}

const handlebars = create();
for (const [name, helper] of Object.entries(helpers))
  handlebars.registerHelper(name, (value: unknown) => helper(value));

const compiled = new Map<string, (view: unknown) => string>();

function compile(name: string): (view: unknown) => string {
  const specification = sets.find(({ templates }) => name in templates)?.templates[name];
  if (specification === undefined) throw new Error(`BUG: no template named ${name}`);
  const render = handlebars.template(specification);
  compiled.set(name, render);
  return render;
}

/** The text of templates/NAME.hbs. A value that the view lacks, or a helper cannot escape, is an error. */
export function renderTemplate(name: string, view: Readonly<Record<string, unknown>>): string {
  const render = compiled.get(name) ?? compile(name);
  try {
    return render(view);
  } catch (error) {
    throw new Error(`BUG: template ${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The text of templates/NAME as it is. */
export function plainFile(name: string): string {
  const text = sets.find(({ files }) => name in files)?.files[name];
  if (text === undefined) throw new Error(`BUG: no file named ${name}`);
  return text;
}

/** Names of the plain files below a folder of templates, sorted. */
export const plainFilesBelow = (folder: string): readonly string[] =>
  sets
    .flatMap(({ files }) => Object.keys(files))
    .filter((name) => name.startsWith(`${folder}/`))
    .sort();
