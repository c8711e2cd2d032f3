import images from "./images.config";

// npm run screens: a picture of every page × 360 and 1280 px × three languages × light and dark, for people to look at.
export default {
  ...images,
  // They look as the same demo people, whose language changes.
  workers: 1,
  projects: [{ ...images.projects[0], name: "screens", testMatch: "screens.spec.ts" }],
};
