package images

import "encoding/binary"

// orientation reads tag 0x0112 of the first directory of a TIFF block (EXIF
// 2.32, section 4.6). Whatever it cannot understand counts as upright: 1.
func orientation(tiff []byte) int {
	const (
		upright   = 1
		entrySize = 12
		tag       = 0x0112
		typeShort = 3
	)
	if len(tiff) < 8 {
		return upright
	}
	var order binary.ByteOrder
	switch string(tiff[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return upright
	}
	start := int64(order.Uint32(tiff[4:]))
	if start > int64(len(tiff)-2) {
		return upright
	}
	count := int(order.Uint16(tiff[start:]))
	for entry := tiff[start+2:]; count > 0 && len(entry) >= entrySize; count-- {
		if order.Uint16(entry) == tag {
			value := int(order.Uint16(entry[8:]))
			if order.Uint16(entry[2:]) == typeShort && value >= 1 && value <= 8 {
				return value
			}
			return upright
		}
		entry = entry[entrySize:]
	}
	return upright
}
