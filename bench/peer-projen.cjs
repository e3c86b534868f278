// Synthesises a bare projen project with as many files as asked for, half text and half YAML: node peer-projen.cjs OUT COUNT
const { mkdirSync } = require('node:fs');
const { Project, TextFile, YamlFile } = require('projen');

process.env.PROJEN_DISABLE_POST = 'true';
const [out, count] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
const project = new Project({ name: 'bench', outdir: out });
const lines = Array.from({ length: 40 }, (_, index) => `line ${index} of a file of about two kibibytes in all`);
const obj = {
  items: Array.from({ length: 20 }, (_, index) => ({ name: `item-${index}`, value: index, labels: { app: 'bench' } })),
};
for (let index = 0; index < Number(count); index++)
  if (index % 2 === 0) new TextFile(project, `text-${index}.txt`, { lines });
  else new YamlFile(project, `object-${index}.yaml`, { obj });
project.synth();
