"""What a new folder of leaflets, or a new leaflet in one, begins with."""
