/** For whoever starts tiyn to mend: the message says all they need, and where it was thrown nothing. */
export class DatabaseProblem extends Error {
  override name = "DatabaseProblem";
}
