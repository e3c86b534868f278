// Escapes text in the fields where Kubernetes expands $(NAME): env values, commands and the commands of probes.

/**
 * `$$` becomes `$` there, and `$(NAME)` the variable's value; a `$` before anything else stays.
 * So every `$` is doubled, but only in text that holds one of the two.
 */
export function literal(text: string): string {
  return /\$[$(]/.test(text) ? text.replace(/\$/g, '$$$$') : text;
}
