package gallery

import (
	"fmt"
	"image"
	"strings"

	"waypost/internal/drawing"
	"waypost/pictures"
	"waypost/web/public"
)

// The pictures of the scenes. They lie under /media as stored pictures do, and are
// drawn when somebody asks.
var (
	coverPicture = pictures.Picture{ID: strings.Repeat("c0", 16), Extension: ".png", ContentType: "image/png", Width: 960, Height: 540,
		Alt: "Hills under a low sun", Sizes: []pictures.Size{{Width: 480, Height: 270}}}
	portraitPicture = pictures.Picture{ID: strings.Repeat("fa", 16), Extension: ".png", ContentType: "image/png",
		Width: drawing.PortraitSize, Height: drawing.PortraitSize, Alt: "A face, looking up"}
)

// Pictures are the addresses of the scenes' pictures.
func Pictures() []string {
	var list []string
	for _, p := range []pictures.Picture{coverPicture, portraitPicture} {
		for _, v := range p.Variants() {
			list = append(list, v.URL)
		}
	}
	return list
}

// Picture draws what lies at one of the addresses of Pictures.
func Picture(address string) ([]byte, error) {
	var img *image.Paletted
	switch address {
	case coverPicture.Address():
		img = drawing.Landscape(drawing.DefaultBase(), "hills", 7, coverPicture.Width, coverPicture.Height)
	case coverPicture.AddressAt(480):
		img = drawing.Landscape(drawing.DefaultBase(), "hills", 7, 480, 270)
	case portraitPicture.Address():
		img = drawing.Portrait(drawing.DefaultBase(), 5)
	default:
		return nil, fmt.Errorf("the gallery has no picture %s", address)
	}
	return drawing.PNG(img)
}

func (c cast) cover() *public.Picture {
	return &public.Picture{Picture: coverPicture, Alt: c.text("Hills under a low sun, one path across them"), Caption: c.text("The way up, as I drew it on the bus.")}
}
