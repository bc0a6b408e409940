// Asks for what the command line does not give.
import { cancel, intro, isCancel, select, text } from '@clack/prompts';
import { SERVERS, TEMPLATES } from './choices.js';

const DEFAULTS = { folder: 'juzi-sidebar', template: 'plain', server: 'node' };
const optionsOf = (choices) => Object.entries(choices).map(([value, label]) => ({ value, label }));

/**
 * @param {{ folder?: string, template?: string, server?: string, yes?: boolean }} given
 * @returns {Promise<{ folder: string, template: string, server: string } | null>} Null if the user cancels.
 */
export async function ask({ folder, template, server, yes }) {
  if (yes || (folder && template && server)) {
    return { folder: folder ?? DEFAULTS.folder, template: template ?? DEFAULTS.template, server: server ?? DEFAULTS.server };
  }
  intro('A sidebar page for Juzi');
  const questions = {
    folder: () => text({ message: 'In which folder?', placeholder: DEFAULTS.folder, defaultValue: DEFAULTS.folder }),
    template: () => select({ message: 'What is the page written with?', options: optionsOf(TEMPLATES) }),
    server: () => select({ message: 'What logs the user in?', options: optionsOf(SERVERS), initialValue: DEFAULTS.server }),
  };
  const answers = { folder, template, server };
  for (const [name, question] of Object.entries(questions)) {
    answers[name] ??= await question();
    if (isCancel(answers[name])) {
      cancel('Nothing was written.');
      return null;
    }
  }
  return answers;
}
