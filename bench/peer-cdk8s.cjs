// Writes the given objects, one chart for each environment, with cdk8s: node peer-cdk8s.cjs OUT NODE_MODULES OBJECTS
// The objects are read as JSON and handed over as they are: no peer's time is spent on deciding what they hold.
const { createRequire } = require('node:module');
const { mkdirSync, readFileSync } = require('node:fs');

const [out, modules, objects] = process.argv.slice(2);
const { ApiObject, App, Chart } = createRequire(`${modules}/`)('cdk8s');

mkdirSync(out, { recursive: true });
const app = new App({ outdir: out });
for (const [environment, list] of Object.entries(JSON.parse(readFileSync(objects, 'utf8')))) {
  const chart = new Chart(app, environment, { namespace: environment });
  list.forEach((object, index) => {
    new ApiObject(chart, `object-${index}`, object);
  });
}
app.synth();
