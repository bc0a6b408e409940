/** What the scripts of index.html leave in the window. */
interface Window {
  wx?: any;
  juziWx?: any;
  /** The script that could not be loaded. */
  missingVendor?: string;
}
