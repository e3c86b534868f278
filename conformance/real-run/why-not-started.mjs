// Tells what kept `docker compose up --wait` from getting everything healthy.
import { run } from '../process.mjs';

/** What stopped the start, most telling first: what the client said last, then who is not well and what they printed. */
export const whyItDidNotStart = async (compose, options, printed) => {
  const said = printed.split('\n').filter((line) => line.trim() !== '' && !line.startsWith(' Container '));
  const listed = await run('docker', [...compose, 'ps', '--all', '--format', 'json'], options);
  const unwell = listed.stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
    .filter(({ State: state, Health: health, ExitCode: code }) =>
      state === 'exited' ? code !== 0 : state !== 'running' || !['healthy', ''].includes(health),
    );
  const parts = [said.slice(-5).join('\n')];
  for (const { Name: name, Service: service, Status: status } of unwell) {
    const asked = await run('docker', ['inspect', '--format', '{{json .State}}', name], options);
    const logs = await run('docker', [...compose, 'logs', '--no-color', '--tail', '20', service], options);
    parts.push(`${name}: ${status}`, asked.all.slice(0, 2000), logs.all.slice(-2000));
  }
  return parts.join('\n');
};
