// Numbers as Prometheus' template functions print them, for the expected annotations of the proofs.
import { compare, type Decimal, decimal, divide, multiply, text } from './decimal';

const thousand = decimal(1000);
const one = decimal(1);

/** `humanizePercentage` of a share with at most four significant digits. */
export const humanizePercentage = (share: Decimal): string => `${text(multiply(share, decimal(100)))}%`;

/** `humanize` of a number with at most four significant digits: 2500 is `2.5k`, 0.002 is `2m`. Not negative. */
export function humanize(number: Decimal): string {
  if (number.units === 0n) return '0';
  let rest = number;
  if (compare(number, one) >= 0) {
    const prefixes = ['', 'k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'];
    let step = 0;
    while (compare(rest, thousand) >= 0 && step < prefixes.length - 1) {
      rest = divide(rest, thousand);
      step += 1;
    }
    return `${text(rest)}${prefixes[step]}`;
  }
  const prefixes = ['', 'm', 'u', 'n', 'p', 'f', 'a', 'z', 'y'];
  let step = 0;
  while (compare(rest, one) < 0 && step < prefixes.length - 1) {
    rest = multiply(rest, thousand);
    step += 1;
  }
  return `${text(rest)}${prefixes[step]}`;
}

/** `humanizeDuration` of whole seconds, at least one minute. */
export function humanizeDuration(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = `${minutes}m ${seconds % 60}s`;
  if (days > 0) return `${days}d ${hours}h ${rest}`;
  return hours > 0 ? `${hours}h ${rest}` : rest;
}
