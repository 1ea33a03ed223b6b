package format

import (
	"context"
	"fmt"
	"iter"
)

// readXML reads XML by what its first element says that it is.
func readXML(ctx context.Context, f File) iter.Seq2[Document, error] {
	switch root := rootElement(f.Data); root {
	case "TEI", "TEI.2", "teiCorpus", "teiCorpus.2":
		return readTEI(ctx, f)
	case "article":
		return one(readJATS)(ctx, f)
	case "akomaNtoso":
		return one(readAKN)(ctx, f)
	case "dbtplenarprotokoll":
		return one(readBundestag)(ctx, f)
	case "publicwhip":
		return one(readPublicWhip)(ctx, f)
	case "rss", "feed", "RDF":
		return readFeed(ctx, f)
	case "html":
		return one(readHTML)(ctx, f)
	case "":
		return readTEI(ctx, f) // it says what is wrong
	default:
		return one(func(context.Context, File) (Document, error) {
			return Document{}, fmt.Errorf("it is XML, but not TEI, JATS, Akoma Ntoso, Bundestag or TheyWorkForYou minutes, RSS or Atom (its first element is %.40q); save its text in another format", root)
		})(ctx, f)
	}
}
