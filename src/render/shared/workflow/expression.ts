// Turns text into what GitHub evaluates: expressions of ours, and text of a declaration that must stay text.

/** `${{ … }}` around an expression of ours. */
export const expression = (text: string): string => `\${{ ${text} }}`;

/** GitHub evaluates `${{ … }}` in every value of a job. This evaluates to the three characters themselves. */
const opening = expression("'${{'");

/** Text from the plan as a value: whatever it holds, nothing in it is evaluated. */
export const literal = (text: string): string => text.replaceAll('${{', () => opening);

/** Text from the plan inside an expression. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A list from the plan as one environment variable: its items are names without white space. */
export const words = (items: readonly string[]): string => literal(items.join(' '));

/** A condition: the run belongs to a pull request. */
export const isPullRequest = "github.event_name == 'pull_request'";
