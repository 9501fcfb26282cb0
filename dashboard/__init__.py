"""The dashboard: Streamlit pages over one Assessment. Pages compute nothing."""
