// `groundwork init`: writes a first service.yaml from what is in the folder; at the root of a monorepo the platform's as well.
import { initPlatform } from '../init/init-platform';
import { type InitResult, initService } from '../init/init-service';
import type { Arguments } from './arguments';
import { shownPath } from './open';
import { type Exit, exit, type Terminal } from './terminal';

function writtenText({ isWritten, file, remarks }: InitResult, folder: string): string {
  if (!isWritten) return '';
  return `${shownPath(folder, file)} is written.\n${remarks.map((remark) => `  - ${remark}\n`).join('')}`;
}

const shownResult = ({ file, ...result }: InitResult, folder: string) => ({ file: shownPath(folder, file), ...result });

export function init(args: Arguments, terminal: Terminal): Exit {
  const { folder } = terminal;
  const ofPlatform = args.file === null || args.file === 'platform.yaml' ? initPlatform(folder) : null;
  if (ofPlatform === null && args.file === 'platform.yaml') {
    terminal.error('groundwork: there is no workspace with a service here\n');
    return exit.usage;
  }
  const first = ofPlatform ?? initService(folder, args.file ?? 'service.yaml');
  const services = ofPlatform?.services ?? [];
  const all = [first, ...services];
  const isAnyWritten = all.some(({ isWritten }) => isWritten);
  if (args.json) {
    const shown = shownResult(first, folder);
    const others = services.map((service) => shownResult(service, folder));
    terminal.out(`${JSON.stringify(ofPlatform === null ? shown : { ...shown, services: others }, null, 2)}\n`);
  } else {
    if (isAnyWritten) {
      const read = all.length === 1 ? 'Read it' : 'Read them';
      terminal.out(
        `${all.map((one) => writtenText(one, folder)).join('')}${read}, then run \`npx groundwork generate\`.\n`,
      );
    }
    if (!first.isWritten)
      terminal.error(`groundwork: ${shownPath(folder, first.file)} is there already and stays as it is.\n`);
  }
  return isAnyWritten ? exit.fine : exit.refused;
}
