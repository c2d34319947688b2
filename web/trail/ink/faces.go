package ink

import "waypost/web/trail/typeset"

// The colours, like the families and sizes of the faces, are what is seen without the site's
// stylesheet; with it, classes decide on colours and families, never on sizes,
// which the layout has measured.
const (
	Paper  = "#FBF9F4"
	Text   = "#1F2421"
	Muted  = "#59615C"
	Faint  = "#E3DED2"
	Accent = "#2B6349"
	Marker = "#B4470F"
)

const (
	serif = "Georgia,serif"
	sans  = "Segoe UI,Noto Sans,sans-serif"
)

// The faces of the figure; see above for what the stylesheet may change.
var (
	FaceKind    = typeset.Face{Class: "tr-kind", Family: sans, Size: 13.5, Weight: "600", Fill: Accent}
	FaceDates   = typeset.Face{Class: "tr-dates", Family: sans, Size: 13.5, Fill: Muted}
	FaceTitle   = typeset.Face{Class: "tr-title", Family: serif, Size: 17, Weight: "600", Fill: Text}
	FaceMinor   = typeset.Face{Class: "tr-minor", Family: serif, Size: 15, Weight: "600", Fill: Text}
	FaceOrg     = typeset.Face{Class: "tr-org", Family: serif, Size: 14.5, Fill: Muted}
	FaceNote    = typeset.Face{Class: "tr-note", Family: serif, Size: 14.5, Slant: "italic", Fill: Text}
	FaceHead    = typeset.Face{Class: "tr-change", Family: sans, Size: 13.5, Weight: "600", Fill: Marker}
	FaceMaybe   = typeset.Face{Class: "tr-found", Family: sans, Size: 13.5, Fill: Marker}
	FaceWords   = typeset.Face{Class: "tr-words", Family: serif, Size: 16, Fill: Text}
	FaceUntaken = typeset.Face{Class: "tr-untaken", Family: serif, Size: 14.5, Fill: Muted}
	FaceCurve   = typeset.Face{Class: "tr-curve", Family: sans, Size: 13.5, Weight: "600", Fill: Muted}
	FaceGoal    = typeset.Face{Class: "tr-goal", Family: sans, Size: 13.5, Fill: Muted}
	FaceAim     = typeset.Face{Class: "tr-aim", Family: serif, Size: 15.5, Slant: "italic", Fill: Text}
	FaceSign    = typeset.Face{Class: "tr-sign", Family: sans, Size: 13.5, Weight: "600", Fill: Accent}
	FaceYear    = typeset.Face{Class: "tr-year", Family: sans, Size: 14, Weight: "600", Fill: Muted, Anchor: "middle", Halo: Paper}
	FaceNow     = typeset.Face{Class: "tr-now", Family: sans, Size: 14, Weight: "600", Fill: Accent, Anchor: "middle", Halo: Paper}
	FaceEra     = typeset.Face{Class: "tr-era", Family: sans, Size: 14.5, Weight: "600", Fill: Muted}
	FaceMonth   = typeset.Face{Class: "tr-month", Family: sans, Size: 13.5, Fill: Muted, Anchor: "middle", Halo: Paper}
)
