// Turns a compiled template and its view into text. The only home of `handlebars`.

import { create } from 'handlebars/runtime';
import { files, templates } from '../../generated/templates';
import { helpers } from './escape';

const handlebars = create();
for (const [name, helper] of Object.entries(helpers))
  handlebars.registerHelper(name, (value: unknown) => helper(value));

const compiled = new Map<string, (view: unknown) => string>();

function compile(name: string): (view: unknown) => string {
  const specification = templates[name];
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
  const text = files[name];
  if (text === undefined) throw new Error(`BUG: no file named ${name}`);
  return text;
}
