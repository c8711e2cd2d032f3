// Imported first: React and others look at NODE_ENV once, when they are loaded.
process.env.NODE_ENV ??= "production";
