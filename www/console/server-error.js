/** A refusal of the server. */
export class ServerError extends Error {
  /** @param {number} status @param {string} sentence In English. @param {string | null} field */
  constructor(status, sentence, field) {
    super(field ? `${field}: ${sentence}` : sentence);
    this.status = status;
    this.sentence = sentence;
    this.field = field;
  }
}
