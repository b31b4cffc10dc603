export { catalogue } from "./catalogue/catalogue.ts";
export { demoRecords, demoShop } from "./demo/demo.ts";
export { seedDemo, seedScale } from "./seed.ts";
