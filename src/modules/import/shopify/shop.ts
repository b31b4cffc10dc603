/** What the file leaves to the shop it goes into. */
export interface Shop {
  locale: string;
  currency: string;
  /** The key of the location its stock is at: the file has a single number. */
  location: string;
}
