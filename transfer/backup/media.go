package backup

import (
	"fmt"
	"io/fs"
	"os"
	"strings"

	"waypost/internal/db"
	"waypost/pictures"
)

// mediaFile is a file that the rows of a database say exists.
type mediaFile struct {
	name     string
	bytes    int64
	original bool // named by the hash of its content; a smaller size is named by its original's
}

// namedMedia lists the files that the picture rows name, in no particular order.
func namedMedia(tx *db.Tx) ([]mediaFile, error) {
	list, err := db.List(tx, scanMedia, `SELECT id, extension, 0, bytes FROM pictures
		UNION ALL SELECT p.id, p.extension, s.width, s.bytes FROM pictures p JOIN picture_sizes s ON s.picture_id = p.id`)
	if err != nil {
		return nil, fmt.Errorf("list the pictures: %w", err)
	}
	return list, nil
}

func scanMedia(r db.Row) (mediaFile, error) {
	var p pictures.Picture
	var width int
	var f mediaFile
	err := r.Scan(&p.ID, &p.Extension, &width, &f.bytes)
	address := p.Address()
	if f.original = width == 0; !f.original {
		address = p.AddressAt(width)
	}
	f.name = strings.TrimPrefix(address, "/media/")
	return f, err
}

// storedMedia lists the picture files of the media folder with their sizes, by
// name. What package pictures would not name so, such as a file half written, is
// not among them.
func storedMedia(media *os.Root) ([]mediaFile, error) {
	entries, err := fs.ReadDir(media.FS(), ".")
	if err != nil {
		return nil, fmt.Errorf("read the media folder: %w", err)
	}
	var list []mediaFile
	for _, e := range entries {
		if !mediaName.MatchString(e.Name()) || !e.Type().IsRegular() {
			continue
		}
		info, err := e.Info()
		if err != nil {
			return nil, fmt.Errorf("read the media folder: %w", err)
		}
		list = append(list, mediaFile{name: e.Name(), bytes: info.Size(), original: !strings.Contains(e.Name(), "-")})
	}
	return list, nil
}
