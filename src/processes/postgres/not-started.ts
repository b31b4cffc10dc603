/** The embedded PostgreSQL cannot be started, reached or stopped. The message says what to do or what PostgreSQL said. */
export class PostgresNotStarted extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "PostgresNotStarted";
  }
}
