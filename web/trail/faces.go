package trail

import "waypost/web/trail/typeset"

// The colours, families and sizes here are what is seen without the site's
// stylesheet; with it, classes decide on colours and families, never on sizes,
// which the layout has measured.
const (
	serif = "Georgia,serif"
	sans  = "Segoe UI,Noto Sans,sans-serif"

	paper  = "#FBF9F4"
	ink    = "#1F2421"
	muted  = "#59615C"
	faint  = "#E3DED2"
	accent = "#2B6349"
	marker = "#B4470F"
)

// The faces of the figure; see above for what the stylesheet may change.
var (
	faceKind  = typeset.Face{Class: "tr-kind", Family: sans, Size: 13.5, Weight: "600", Fill: accent}
	faceDates = typeset.Face{Class: "tr-dates", Family: sans, Size: 13.5, Fill: muted}
	faceTitle = typeset.Face{Class: "tr-title", Family: serif, Size: 17, Weight: "600", Fill: ink}
	faceMinor = typeset.Face{Class: "tr-minor", Family: serif, Size: 15, Weight: "600", Fill: ink}
	faceOrg   = typeset.Face{Class: "tr-org", Family: serif, Size: 14.5, Fill: muted}
	faceNote  = typeset.Face{Class: "tr-note", Family: serif, Size: 14.5, Slant: "italic", Fill: ink}
	faceHead  = typeset.Face{Class: "tr-change", Family: sans, Size: 13.5, Weight: "600", Fill: marker}
	faceWords = typeset.Face{Class: "tr-words", Family: serif, Size: 16, Fill: ink}
	faceGoal  = typeset.Face{Class: "tr-goal", Family: sans, Size: 13.5, Fill: muted}
	faceAim   = typeset.Face{Class: "tr-aim", Family: serif, Size: 15.5, Slant: "italic", Fill: ink}
	faceSign  = typeset.Face{Class: "tr-sign", Family: sans, Size: 13.5, Weight: "600", Fill: accent}
	faceYear  = typeset.Face{Class: "tr-year", Family: sans, Size: 14, Weight: "600", Fill: muted, Anchor: "middle", Halo: paper}
	faceEra   = typeset.Face{Class: "tr-era", Family: sans, Size: 14.5, Weight: "600", Fill: muted}
	faceMonth = typeset.Face{Class: "tr-month", Family: sans, Size: 13.5, Fill: muted, Anchor: "middle", Halo: paper}
)
