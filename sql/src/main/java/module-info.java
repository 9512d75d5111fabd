/** Howdah's schema, as files. Open: whoever installs the schema may read them. */
open module dev.howdah.sql {}
